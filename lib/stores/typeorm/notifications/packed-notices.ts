/** Postgres takes payloads of less than 8000 bytes. */
const MOST_BYTES = 7900;

/** No notice holds a line break: they are JSON. */
const SEPARATOR = '\n';

/** Notices in as few payloads as can be, in order. */
export function packed(notices: readonly string[]): string[] {
  const payloads: string[] = [];
  let size = 0;
  for (const notice of notices) {
    const bytes = Buffer.byteLength(notice) + SEPARATOR.length;
    const last = payloads.at(-1);
    if (last === undefined || size + bytes > MOST_BYTES) {
      payloads.push(notice);
      size = bytes;
    } else {
      payloads[payloads.length - 1] = last + SEPARATOR + notice;
      size += bytes;
    }
  }
  return payloads;
}

export function unpacked(payload: string): string[] {
  return payload.split(SEPARATOR);
}
