import { Menu } from '@mantine/core';
import { Keyboard, LogIn, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { useLogOut, useSession } from '@/lib/api';
import { forgetBoard } from '@/lib/offline';
import { type Scheme, schemeNames, useScheme } from '@/lib/theme';
import { show } from './overlays';

const schemeIcons = { auto: Monitor, dark: Moon, light: Sun };
const schemes = Object.keys(schemeNames) as Scheme[];

/** Theme, keys and session; opens at once, because its code is loaded when it is first asked for. */
export function UserMenu({ narrow, children }: { narrow: boolean; children: ReactNode }) {
  const member = useSession().data?.user;
  const { scheme, setScheme } = useScheme();
  const logOut = useLogOut();
  const { pathname } = useLocation();
  // First, so that nothing stays on this device even if the server does not answer.
  const leave = () => void forgetBoard().then(() => logOut.mutate());
  return (
    <Menu defaultOpened position={narrow ? 'right-end' : 'top-start'} width={220} offset={8}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Theme</Menu.Label>
        {schemes.map((each) => {
          const Icon = schemeIcons[each];
          return (
            <Menu.Item
              key={each}
              role="menuitemradio"
              aria-checked={each === scheme}
              leftSection={<Icon size={16} strokeWidth={1.6} />}
              rightSection={each === scheme ? '✓' : null}
              onClick={() => setScheme(each)}
            >
              {schemeNames[each]}
            </Menu.Item>
          );
        })}
        <Menu.Divider />
        <Menu.Item
          leftSection={<Keyboard size={16} strokeWidth={1.6} />}
          rightSection="?"
          onClick={() => show('keys')}
        >
          All keys
        </Menu.Item>
        {member && (
          <Menu.Item
            component={Link}
            to="/settings/account"
            leftSection={<UserRound size={16} strokeWidth={1.6} />}
          >
            Your account
          </Menu.Item>
        )}
        {member ? (
          <Menu.Item leftSection={<LogOut size={16} strokeWidth={1.6} />} onClick={leave}>
            Log out
          </Menu.Item>
        ) : (
          <Menu.Item
            component={Link}
            to={`/login?next=${encodeURIComponent(pathname)}`}
            leftSection={<LogIn size={16} strokeWidth={1.6} />}
          >
            Log in
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
