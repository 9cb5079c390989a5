/** What `sluice --help` prints. */
export const usage = `Usage:
  sluice run PIPELINE.json [options]    run a pipeline document and print JSON Lines
  sluice run --from FILE [options]      go on with a run that was saved as a file (.sluice-run), here or in a browser
  sluice export --checkpoint-dir DIR --out FILE.sluice-run    save the run of a directory as such a file
  sluice check PIPELINE.json            only validate it
  sluice --version | --help

Options of run:
  --batches N             stop (gracefully) after batch N; without it, run until SIGINT (Ctrl+C)
  --clock manual|real     manual: virtual time from zero time 0, as fast as it can (default with --batches)
                          real: the wall clock (default otherwise)
  --input FILE            JSON object, node id -> {"batches": [[...], null, ...], "partitions": n}: feeds that source
                          node. Entry i is batch i + 1, a missing one is empty, null means no RDD in that batch
  --collect ids           comma-separated nodes whose records are printed; default: the inputs of the output nodes
  --checkpoint-dir DIR    keep the checkpoint there; when it holds one of this document, go on from it
  --from FILE             the document is the one in the file, and the run goes on where it stood, by its own clock unless --clock
                          says otherwise; with --checkpoint-dir it is kept there from now on, which must hold no run
  --restart WAY           when the document has changed since the checkpoint (names, notes and places do not count):
                          saved: run the document that the checkpoint holds, as Spark does
                          fresh: start anew; the checkpoint is replaced
                          keep: the saved document runs what it had begun, then this one goes on with its states; a state
                          is kept when its node has the same id and operator and calls its function in the same way; an
                          incremental window, when it and all before it are as they were; all else starts empty
  --resume-from-now       leave out the batches missed since the checkpoint instead of running them (--clock real): states
                          stay as of the last batch, windows lack the time between, keys may time out, no output is made
                          for that time; what was received and not processed goes to the first new batch. For every
                          restart: --conf sluice.skipMissedBatches=true
  --stats                 tell on standard error after each batch how the delays of the last ten are distributed, as Spark's
                          StatsReportListener does, and at the end the executors in use and the metrics of Spark's StreamingSource
  --kill-after N          fault injection: the process dies at once when batch N has completed
  --conf k=v              override a setting: a key of settings.conf, or batchMs, master, seed, checkpoint; repeatable
  --out FILE              write the lines there instead of standard output
  --files DIR             what saveAsTextFiles and saveAsObjectFiles save goes below this directory, which is made when
                          missing; default: beside the document, PIPELINE.json saves below PIPELINE.files

Batches are numbered from 1; batch N is the one at N batch intervals after the zero time, also after a recovery.

The functions of a document run as Node code with your rights, like "node file.js": they can read and write your files
and use the network. Run only documents that you would run as a program. (In the browser they run in a sandbox.)

The first SIGINT stops gracefully, the second at once, the third ends the process. A function that never returns also
keeps signals waiting: end it with SIGKILL.

Lines, one JSON object each:
  {"type":"started","zeroMs":0}
  {"type":"rdd","timeMs":1000,"node":"counts","partitions":[2,1],"records":[["a",1],...]}   records counted by partition
  {"type":"error","timeMs":1000,"node":"words","message":"..."}
  {"type":"batch","timeMs":1000,"numRecords":4,"schedulingDelay":0,"processingDelay":3,"failed":false}
  {"type":"stopped","graceful":true}
Values outside JSON are tagged: {"$":"undefined"}, {"$":"number","v":"NaN"} (also Infinity, -Infinity, -0),
{"$":"bigint","v":"12"}, {"$":"date","v":0}; an object with a key $ of its own is {"$":"object","v":{...}}.

Saved files: a directory per batch, [prefix-]timeMs[.suffix], with part-00000, part-00001, ... (one per partition) and
an empty file _SUCCESS. A batch that runs again replaces its directory.

Warnings, and what bodies of foreachRDD log, are told on standard error.

Exit status: 0 all batches succeeded; 1 some batch failed; 2 the document, an option or an input is unusable (what to
mend is on standard error, one problem a line: node.param: message (hint)).
`
