import { basePath } from '../base';
import type { Snapshot } from './snapshot';

const name = 'tocsin-last-known';

/** The browser's store for answers; absent where the page is not served securely. */
const drawer = () => ('caches' in globalThis ? globalThis.caches.open(name) : null);
const address = () => `${basePath()}/last-known-board`;

export async function putAway(snapshot: Snapshot): Promise<void> {
  const open = await drawer();
  await open?.put(address(), Response.json(snapshot));
}

export async function takeOut(): Promise<Snapshot | null> {
  const open = await drawer();
  const found = await open?.match(address());
  return found ? ((await found.json()) as Snapshot) : null;
}

export async function empty(): Promise<void> {
  const open = await drawer();
  await open?.delete(address());
}
