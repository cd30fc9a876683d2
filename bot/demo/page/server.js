// The server: what people do goes out, what happens comes in.

const AGAIN_MS = 2000;

/** Do something; a refusal becomes an Error whose message is for the person. */
export async function send(what, body) {
  return answer(fetch(`/${what}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }));
}

/** Send a file with a few words. */
export async function attach(fields, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== "") form.append(name, value);
  }
  form.append("file", file, file.name);
  return answer(fetch("/attach", { method: "POST", body: form }));
}

async function answer(request) {
  let response;
  try {
    response = await request;
  } catch {
    throw new Error("La demostración no responde. ¿Sigue abierta la terminal?");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? "La demostración no aceptó eso.");
  return body;
}

/** Follow what one person's phone shows; give a function that ends it. */
export function follow(person, kinds, { lost, found }) {
  let source, again;
  const begin = () => {
    source = new EventSource(`/events?as=${person}`);
    source.addEventListener("open", found);
    source.addEventListener("error", failed);
    for (const [kind, handle] of Object.entries(kinds)) {
      source.addEventListener(kind, (event) => handle(JSON.parse(event.data)));
    }
  };
  const failed = () => {
    lost();
    // while it is not closed the browser tries again by itself
    if (source.readyState === EventSource.CLOSED) again = setTimeout(begin, AGAIN_MS);
  };
  begin();
  return () => { clearTimeout(again); source.close(); };
}
