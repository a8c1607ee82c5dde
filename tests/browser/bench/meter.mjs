// What one page goes through between `start` and `stop`: frames it was given, tasks that held it up, and how long a key press took to
// be seen. Frames are counted as the page gets them (requestAnimationFrame): what no frame was given for, nobody saw move.

/** Runs in the page, before anything of its own. */
export function meterInPage() {
  let frames = []
  let tasks = []
  let presses = []
  let handle = 0
  const watch = (type, take, options) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(take))
    observer.observe({ type, ...options })
    return observer
  }
  const observers = []
  const meter = {
    start() {
      frames = []
      tasks = []
      presses = []
      observers.push(watch('longtask', ({ duration }) => tasks.push(duration)))
      observers.push(
        watch('event', ({ name, duration }) => name === 'keydown' && presses.push(duration), { durationThreshold: 16 }),
      )
      const next = (at) => {
        frames.push(at)
        handle = requestAnimationFrame(next)
      }
      handle = requestAnimationFrame(next)
    },
    stop() {
      cancelAnimationFrame(handle)
      for (const observer of observers.splice(0)) observer.disconnect()
      const gaps = frames.slice(1).map((at, index) => at - frames[index])
      return { gaps, tasks, presses }
    },
    /** From the next click until cards can be seen. Milliseconds. */
    untilCards() {
      return new Promise((resolve) => {
        let clicked
        const note = (event) => (clicked ??= event.timeStamp)
        addEventListener('click', note, { capture: true, once: true })
        const look = () => {
          if (clicked === undefined || document.querySelector('[role=grid] [data-card] .m-card__text') === null) {
            requestAnimationFrame(look)
            return
          }
          // They are in the document, and go to the screen at the end of this frame; the next one begins after that.
          const count = document.querySelectorAll('[role=grid] [data-card]').length
          requestAnimationFrame(() => {
            const channel = new MessageChannel()
            channel.port1.onmessage = () => resolve({ time: performance.now() - clicked, count })
            channel.port2.postMessage(null)
          })
        }
        requestAnimationFrame(look)
      })
    },
    /** Scrolls the map down for so many frames, `step` pixels each, and up again from its end. */
    scroll(step, frames) {
      const scroller = document.querySelector('.m-scroller')
      scroller.scrollTop = 0
      return new Promise((resolve) => {
        let by = step
        let left = frames
        const next = () => {
          const before = scroller.scrollTop
          scroller.scrollTop += by
          if (scroller.scrollTop === before) by = -by
          left -= 1
          if (left > 0) requestAnimationFrame(next)
          else resolve()
        }
        requestAnimationFrame(next)
      })
    },
  }
  window.meter = meter
}

/** Frames a second, the slowest second's, processor time a frame and a second, the longest task, the slowest key press. */
export function figures({ gaps, tasks, presses, busy }) {
  const seconds = [0]
  let left = 1000
  for (const gap of gaps) {
    if (gap > left) {
      seconds.push(0)
      left += 1000
    }
    left -= gap
    seconds[seconds.length - 1] += 1
  }
  const total = gaps.reduce((sum, gap) => sum + gap, 0)
  return {
    perSecond: (1000 * gaps.length) / total,
    // The last one is not whole.
    slowest: Math.min(...(seconds.length > 1 ? seconds.slice(0, -1) : seconds)),
    /** Of the main thread. Milliseconds of processor time. */
    perFrame: (1000 * busy) / gaps.length,
    busy: (1_000_000 * busy) / total,
    longestGap: Math.max(...gaps),
    longestTask: Math.max(0, ...tasks),
    slowestPress: Math.max(0, ...presses),
  }
}
