import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Navigate, useParams, useSearchParams } from 'react-router';
import { Button } from '@/components/Button';
import {
  ChannelList,
  PeopleList,
  SectionTabs,
  ServiceList,
  TeamList,
  TokenList,
  useSections,
} from '@/features/settings';
import { useMay } from '@/lib/api';
import { Page } from '../shell/Page';

interface Part {
  content: ReactNode;
  /** The primary action: its words, where it leads, and who may. */
  add: string;
  search: string;
  permission: string;
}

const parts: Record<string, Part> = {
  services: {
    content: <ServiceList />,
    add: 'New service',
    search: '?service=new',
    permission: 'services.write',
  },
  people: {
    content: <PeopleList />,
    add: 'Invite',
    search: '?person=new',
    permission: 'people.write',
  },
  teams: {
    content: <TeamList />,
    add: 'New team',
    search: '?team=new',
    permission: 'teams.write',
  },
  tokens: {
    content: <TokenList />,
    add: 'New token',
    search: '?token=new',
    permission: 'tokens.write',
  },
  channels: {
    content: <ChannelList for="people" />,
    add: 'New channel',
    search: '?channel=new',
    permission: 'channels.write',
  },
  webhooks: {
    content: <ChannelList for="programs" />,
    add: 'New webhook',
    search: '?channel=new',
    permission: 'channels.write',
  },
};

/** `/settings/:part`: what do we watch, who may come in, who hears what? */
export function Component() {
  const { part = '' } = useParams();
  const sections = useSections();
  const section = sections.find(({ path }) => path === part);
  const shown = parts[part];
  if (!section || !shown) return <Navigate to={`/settings/${sections[0]?.path ?? ''}`} replace />;
  return <Settings key={part} name={section.name} part={shown} />;
}

function Settings({ name, part }: { name: string; part: Part }) {
  const [, setSearch] = useSearchParams();
  const may = useMay(part.permission);
  const add = () => setSearch(part.search);
  return (
    <Page
      title={`Settings: ${name}`}
      padded={false}
      action={
        may && (
          <Button tone="primary" icon={Plus} keys="n" onClick={add}>
            {part.add}
          </Button>
        )
      }
      verbs={may ? [{ label: part.add, icon: Plus, primary: true, run: add }] : []}
    >
      <SectionTabs />
      {part.content}
    </Page>
  );
}
