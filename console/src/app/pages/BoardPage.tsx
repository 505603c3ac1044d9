import { LogIn, Plus, Search } from 'lucide-react';
import { Board, FirstInLine, LatestChanges, RegistryNotice } from '@/features/board';
import { useMay, useSession } from '@/lib/api';
import { show } from '../shell/overlays';
import { Page } from '../shell/Page';
import type { PhoneVerb } from '../shell/PhoneVerbs';

/** `/board`: what is broken now? */
export function Component() {
  const member = useSession().data?.user;
  const mayOpen = useMay('incidents.open');
  const first: PhoneVerb[] = mayOpen
    ? [{ label: 'New incident', icon: Plus, to: '/incidents/new', primary: true }]
    : [];
  const logIn: PhoneVerb[] = member
    ? []
    : [{ label: 'Log in', icon: LogIn, to: '/login?next=%2Fboard' }];
  return (
    <Page
      title="Board"
      heading={false}
      aside={
        <>
          <RegistryNotice />
          <FirstInLine />
          <LatestChanges />
        </>
      }
      verbs={[...first, { label: 'Search', icon: Search, run: () => show('palette') }, ...logIn]}
    >
      <Board />
    </Page>
  );
}
