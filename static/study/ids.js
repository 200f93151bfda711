// Identities a device makes by itself, so that an answer has its name before it is sent.

/**
 * A UUID of version 7 (RFC 9562, 5.7): milliseconds first, then chance, so ids sort by time.
 * Built from getRandomValues because crypto.randomUUID exists on secure origins only.
 */
export function uuid7(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = now;
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

let last = 0;

/** A number larger than every one before it, also across reloads: the order of this device. */
export function nextSeq(now = Date.now()) {
  last = Math.max(last + 1, now);
  return last;
}
