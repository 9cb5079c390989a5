import WebSocket from 'ws'

interface Answer {
  readonly id?: number
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

/** Chromium's debugging protocol, as far as asking goes. */
export class CdpConnection {
  private readonly socket: WebSocket
  private readonly waiting = new Map<number, (answer: Answer) => void>()
  private lastId = 0

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data) => {
      const answer = JSON.parse(String(data)) as Answer // Chromium's own
      if (answer.id !== undefined) this.waiting.get(answer.id)?.(answer)
    })
  }

  static async open(endpoint: string): Promise<CdpConnection> {
    const socket = new WebSocket(endpoint)
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    return new CdpConnection(socket)
  }

  /** What a method gives; its shape is the caller's to know. */
  async ask<T>(method: string, params: object = {}, sessionId?: string): Promise<T> {
    const id = ++this.lastId
    const answer = await new Promise<Answer>((resolve) => {
      this.waiting.set(id, resolve)
      this.socket.send(JSON.stringify({ id, method, params, sessionId }))
    })
    this.waiting.delete(id)
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`)
    return answer.result as T // as the caller says
  }

  close(): void {
    this.socket.close()
  }
}
