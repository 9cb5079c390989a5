// A worker that does nothing but receive and count: what no pipeline behind the same connection can exceed.
self.onmessage = ({ data: { url, warmMs, forMs } }) => {
  const socket = new WebSocket(url)
  let lines = 0
  socket.onmessage = ({ data }) => {
    lines += 1
    for (let at = data.indexOf('\n'); at !== -1; at = data.indexOf('\n', at + 1)) lines += 1
  }
  socket.onerror = () => self.postMessage(undefined)
  setTimeout(() => {
    const began = performance.now()
    const before = lines
    setTimeout(() => {
      self.postMessage({ lines, perSecond: ((lines - before) * 1000) / (performance.now() - began) })
      socket.onmessage = null
      socket.close()
    }, forMs)
  }, warmMs)
}
