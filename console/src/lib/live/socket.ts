import { type Hint, readHint } from './hints';

export type LinkState = 'connecting' | 'live' | 'down';

interface Link {
  /** Called for every message, hints or not: the server is there. */
  onWord: () => void;
  onHint: (hint: Hint) => void;
  /** `again` is true when the link had been live before: what was missed must be read again. */
  onLive: (again: boolean) => void;
  onDown: () => void;
}

/** The server speaks at least every 25 s; silence for this long means that the link is dead. */
const deadAfter = 60_000;
const firstPause = 1000;
const longestPause = 30_000;

/** The pause before attempt `n` (from 0): doubling to half a minute, jittered by up to a quarter less. */
export function pauseBefore(attempt: number, random = Math.random()): number {
  const pause = Math.min(firstPause * 2 ** attempt, longestPause);
  return Math.round(pause * (1 - random / 4));
}

/** Keeps one WebSocket to `url` open until the returned function is called. */
export function keepLink(url: string, link: Link): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let wasLive = false;
  let stopped = false;

  function connect() {
    clearTimeout(timer);
    socket = new WebSocket(url);
    socket.onopen = () => {
      attempt = 0;
      listen();
      link.onLive(wasLive);
      wasLive = true;
    };
    socket.onmessage = ({ data }) => {
      listen();
      link.onWord();
      const hint = readHint(data);
      if (hint) link.onHint(hint);
    };
    socket.onclose = () => {
      clearTimeout(watchdog);
      if (stopped) return;
      link.onDown();
      timer = setTimeout(connect, pauseBefore(attempt));
      attempt += 1;
    };
  }

  function listen() {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => socket?.close(), deadAfter);
  }

  function connectNow() {
    if (socket?.readyState !== WebSocket.CLOSED) return;
    attempt = 0;
    connect();
  }

  window.addEventListener('online', connectNow);
  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    clearTimeout(watchdog);
    window.removeEventListener('online', connectNow);
    socket?.close();
  };
}
