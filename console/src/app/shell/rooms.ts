import {
  BellRing,
  CalendarClock,
  LayoutGrid,
  type LucideIcon,
  Radio,
  Send,
  Settings,
  Siren,
} from 'lucide-react';

export interface Room {
  to: string;
  name: string;
  icon: LucideIcon;
  /** The second key after G. */
  key: string;
  /** What a person needs to see it; null for everybody who may see the board. */
  permission: string | null;
  /** Other addresses that belong to the room. */
  also?: readonly string[];
}

/** The rooms of the rail, in order; one that is not built yet is not listed. */
export const rooms: readonly Room[] = [
  {
    to: '/board',
    name: 'Board',
    icon: LayoutGrid,
    key: 'b',
    permission: null,
    also: ['/graph', '/timeline'],
  },
  { to: '/incidents', name: 'Incidents', icon: Siren, key: 'i', permission: 'incidents.read' },
  { to: '/alerts', name: 'Alerts', icon: BellRing, key: 'a', permission: 'alerts.read' },
  {
    to: '/maintenance',
    name: 'Maintenance',
    icon: CalendarClock,
    key: 'm',
    permission: 'maintenance.read',
  },
  { to: '/deliveries', name: 'Deliveries', icon: Send, key: 'd', permission: 'deliveries.read' },
  { to: '/status-pages', name: 'Status pages', icon: Radio, key: 'p', permission: 'pages.read' },
];

/** Views of the board: no room of their own, but a key and a line in the palette. */
export const boardViews: readonly Pick<Room, 'to' | 'name' | 'key'>[] = [
  { to: '/graph', name: 'Graph', key: 'g' },
  { to: '/timeline', name: 'Timeline', key: 't' },
  { to: '/wall', name: 'Wall', key: 'w' },
];

export const settingsRoom: Room = {
  to: '/settings',
  name: 'Settings',
  icon: Settings,
  key: 's',
  permission: 'settings.read',
};
