import { type ReactNode, Suspense, useState } from 'react';

/** Mounts a lazy overlay when it is first opened, and keeps it then, so that closing can be seen. */
export function WhenWanted({ opened, children }: { opened: boolean; children: ReactNode }) {
  const [wanted, setWanted] = useState(false);
  if (opened && !wanted) setWanted(true);
  return wanted ? <Suspense>{children}</Suspense> : null;
}
