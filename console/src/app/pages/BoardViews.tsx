import { LogIn, Plus, Search } from 'lucide-react';
import { useLocation, useNavigate } from 'react-router';
import { ViewLinks } from '@/components/ViewLinks';
import { useMay, useSession } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { show } from '../shell/overlays';
import type { PhoneVerb } from '../shell/PhoneVerbs';
import styles from './BoardViews.module.css';

type View = 'Engineer' | 'Executive' | 'Graph' | 'Timeline' | 'Wall';

const views: readonly View[] = ['Engineer', 'Executive', 'Graph', 'Timeline', 'Wall'];
const paths: Partial<Record<View, string>> = {
  Graph: '/graph',
  Timeline: '/timeline',
  Wall: '/wall',
};

/** Where a view stands; between engineer and executive the filters stay. */
function addressOf(view: View, search: string) {
  const query = new URLSearchParams(search);
  query.delete('view');
  if (view === 'Executive') query.set('view', 'executive');
  const pathname = paths[view] ?? '/board';
  const text = query.toString().replaceAll('%2C', ',');
  return { pathname, search: pathname === '/board' && text ? `?${text}` : '' };
}

function useViews() {
  const { pathname, search } = useLocation();
  const onBoard = pathname === '/board';
  const executive = new URLSearchParams(search).get('view') === 'executive';
  const current = onBoard
    ? executive
      ? 'Executive'
      : 'Engineer'
    : views.find((view) => paths[view] === pathname);
  return views.map((name) => ({
    name,
    to: addressOf(name, onBoard ? search : ''),
    current: name === current,
  }));
}

/** The ways to look at the board; V goes from the engineer's to the executive's and back. */
export function BoardViews() {
  const links = useViews();
  const navigate = useNavigate();
  const executive = links.find(({ name }) => name === 'Executive');
  const next = executive?.current ? links[0] : executive;
  useKeys([
    {
      keys: 'v',
      label: next?.name === 'Executive' ? 'View as an executive' : 'View as an engineer',
      group: 'Go',
      run: () => next && void navigate(next.to),
    },
  ]);
  return <ViewLinks label="Views of the board" links={links} />;
}

/** The same inside the page, where a phone has no room for them in the bar. */
export function BoardViewsOnPhones() {
  return (
    <div className={styles.phone}>
      <ViewLinks label="Views of the board" links={useViews()} />
    </div>
  );
}

/** What the thumb reaches on every view of the board. */
export function useBoardVerbs(): PhoneVerb[] {
  const member = useSession().data?.user;
  const mayOpen = useMay('incidents.open');
  const first: PhoneVerb[] = mayOpen
    ? [{ label: 'New incident', icon: Plus, to: '/incidents/new', primary: true }]
    : [];
  const logIn: PhoneVerb[] = member
    ? []
    : [{ label: 'Log in', icon: LogIn, to: '/login?next=%2Fboard' }];
  return [...first, { label: 'Search', icon: Search, run: () => show('palette') }, ...logIn];
}
