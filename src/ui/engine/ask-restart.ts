import { type RestartChoice, type RestartQuestion, restartQuestion } from './restart-question.ts'

/** Asks a person, in place of an earlier question. */
export function askRestart(
  asked: Omit<RestartQuestion, 'answer'>,
): Promise<{ readonly choice: RestartChoice | undefined; readonly always: boolean }> {
  restartQuestion.getState().question?.answer(undefined, false)
  return new Promise((resolve) => {
    const answer: RestartQuestion['answer'] = (choice, always) => {
      restartQuestion.setState({ question: undefined })
      resolve({ choice, always })
    }
    restartQuestion.setState({ question: { ...asked, answer } })
  })
}
