import { useNavigate } from 'react-router';
import { useMay, useSession } from '@/lib/api';
import { type Binding, useKeys } from '@/lib/keys';
import { useScheme } from '@/lib/theme';
import { undoNewest } from '@/lib/toasts';
import { show } from './overlays';
import { boardViews, rooms, settingsRoom } from './rooms';

const refusal = 'You may look but not change this. Ask an ITSM manager.';

/** The keys that work on every page; pages add their own with `useKeys`. */
export function useGlobalKeys(): void {
  const navigate = useNavigate();
  const { data: me } = useSession();
  const mayOpen = useMay('incidents.open');
  const { cycle } = useScheme();
  const open = [...rooms, settingsRoom].filter(
    ({ permission }) => permission === null || me?.permissions.includes(permission),
  );
  const going = [...open, ...boardViews].map(
    ({ to, name, key }): Binding => ({
      keys: `g ${key}`,
      label: `Go to ${name.toLowerCase()}`,
      group: 'Go',
      run: () => navigate(to),
    }),
  );
  useKeys([
    {
      keys: 'mod+k',
      label: 'Search or run a command',
      group: 'Everywhere',
      silent: true,
      everywhere: true,
      run: () => show('palette'),
    },
    { keys: '?', label: 'All keys', group: 'Everywhere', run: () => show('keys') },
    { keys: 'z', label: 'Undo', group: 'Everywhere', silent: true, run: () => void undoNewest() },
    {
      keys: 'c',
      label: 'New incident',
      group: 'Do',
      refused: mayOpen ? null : refusal,
      run: () => navigate('/incidents/new'),
    },
    { keys: 'shift+d', label: 'Change the theme', group: 'Everywhere', run: cycle },
    ...going,
  ]);
}
