import { connect } from 'node:net';

/** What came back. */
export type Sent = { readonly status: number; readonly body: string };

/**
 * Sends the bytes of a request on a line of its own, and no more than `cut` of them where that is given.
 * @returns the whole answer, or null when the line broke first
 */
export async function send(port: number, bytes: Buffer, cut?: number): Promise<Sent | null> {
  return await new Promise((done) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (sent: Sent | null): void => {
      socket.destroy();
      done(sent);
    };
    socket.setTimeout(30_000, () => end(null));
    socket.on('error', () => end(null));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => end(readAnswer(Buffer.concat(chunks))));
    socket.on('connect', () => {
      if (cut === undefined) socket.write(bytes);
      else socket.write(bytes.subarray(0, cut), () => socket.destroy());
    });
  });
}

/** An answer counts only when all of it came: what broke off in the middle was never heard. */
function readAnswer(bytes: Buffer): Sent | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = bytes.toString('latin1', 0, end);
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  const body = bytes.subarray(end + 4);
  if (length !== undefined ? body.length < Number(length) : !body.toString('latin1').endsWith('0\r\n\r\n')) return null;
  return { status: Number(head.slice(9, 12)), body: body.toString('utf8') };
}
