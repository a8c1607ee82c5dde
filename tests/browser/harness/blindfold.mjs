// A page that does not hear at once what everyone hears: so what it does then is done in good faith, and too late.

/** Keeps from a page what everyone may see, so that it does not know of a step yet; what is meant for it alone comes through. */
export async function blindfold(page) {
  let hold = false
  await page.routeWebSocket(/\/sync\//, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => {
      const isView = typeof message !== 'string' && message[0] === 110 && Buffer.from(message).includes('{"shared":')
      if (!(hold && isView)) socket.send(message)
    })
  })
  return {
    on() {
      hold = true
    },
    off() {
      hold = false
    },
  }
}
