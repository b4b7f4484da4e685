// Requests to the world API, and the live stream of changes.

export class Refused extends Error {}

export async function get(path) {
  const response = await fetch(`/sandbox/${path}`);
  if (!response.ok) throw new Refused(path);
  return response.json();
}

export async function send(path, body = {}, method = "POST") {
  const response = await fetch(`/sandbox/${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: method === "DELETE" ? undefined : JSON.stringify(body),
  });
  const told = await response.json();
  if (!response.ok) throw new Refused(told.error);
  return told;
}

// Calls `onChange` with each change after `cursor`. The browser reconnects by itself and names the last one it saw.
export function watch(cursor, onChange, onConnection) {
  const source = new EventSource(`/sandbox/events?after=${cursor}`);
  source.onmessage = (event) => onChange(JSON.parse(event.data));
  source.onopen = () => onConnection(true);
  source.onerror = () => onConnection(false);
  return source;
}
