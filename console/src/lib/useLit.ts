import { useEffect, useRef, useState } from 'react';

const litFor = 1200;

/** True for a moment after `value` changed, so that what changed can light once; false at first sight. */
export function useLit(value: string | number): boolean {
  const last = useRef(value);
  const [lit, setLit] = useState(false);
  useEffect(() => {
    if (last.current === value) return;
    last.current = value;
    setLit(true);
    const timer = setTimeout(() => setLit(false), litFor);
    return () => clearTimeout(timer);
  }, [value]);
  return lit;
}
