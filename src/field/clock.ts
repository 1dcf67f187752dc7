/** The phone's clock against the server's: a wrong one is told to the person, never mended in silence. */
import type { KeptHome } from './home.ts';

/** A clock that is off by less changes nothing in what a record says. */
const TOLERATED_MS = 3_600_000;

export interface ClockTrouble {
  /** then: the two differed when they last spoke; now: the phone stands before the moment when the server was last heard. */
  readonly when: 'then' | 'now';
  readonly phone: Date;
  readonly server: Date;
}

export function clockTrouble(heard: Pick<KeptHome, 'at' | 'serverAt'> | null, now: Date): ClockTrouble | null {
  if (!heard) return null;
  const [phone, server] = [new Date(heard.at), new Date(heard.serverAt)];
  if (Math.abs(phone.getTime() - server.getTime()) > TOLERATED_MS) return { when: 'then', phone, server };
  return now.getTime() < server.getTime() - TOLERATED_MS ? { when: 'now', phone: now, server } : null;
}
