// Making and joining maps over HTTP, as any program would. A failed request throws with the problem document in the message.

/** One JSON request; the parsed answer. */
export async function request(base, path, { method = 'GET', body, token, headers = {} } = {}) {
  const answer = await fetch(base + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return text === '' ? null : JSON.parse(text)
}

/** Makes an empty map: `{id, invites: {facilitator, participant, observer}}`. */
export const createMap = (base, more = {}, options = {}) =>
  request(base, '/api/maps', { method: 'POST', body: { title: 'Conformance', template: false, ...more }, ...options })

/** Makes a map of a `cairn.map/1` document; answers like `createMap`. */
export const importMap = (base, document) => request(base, '/api/maps/import', { method: 'POST', body: document })

/** A facilitator's command, sent as a script would: on this machine whoever reaches the server is the host. */
export const command = (base, map, what) =>
  request(base, `/api/maps/${map}/commands`, { method: 'POST', body: { command: what } })

/** Joins by an invite: `{map, participant, role, token}`. */
export const join = (base, invite, name, options = {}) =>
  request(base, '/api/join', { method: 'POST', body: { invite, name }, ...options })
