import { useEffect } from 'react';
import { Wall } from '@/features/wall';
import { useSession } from '@/lib/api';

/** `/wall`: what is broken, from five metres away? */
export function Component() {
  const tenant = useSession().data?.tenant.name ?? 'Tocsin';
  useEffect(() => {
    document.title = `Wall · ${tenant}`;
  }, [tenant]);
  return <Wall />;
}
