import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Navigate, useNavigate, useParams } from 'react-router';
import { Button } from '@/components/Button';
import {
  Account,
  ChannelList,
  LookOnly,
  OpeningRule,
  PeopleList,
  SectionTabs,
  ServiceList,
  TeamList,
  TokenList,
  useSections,
} from '@/features/settings';
import { TriggerList } from '@/features/triggers';
import { useMay } from '@/lib/api';
import { Page } from '../shell/Page';

interface Part {
  content: ReactNode;
  /** The primary action, where there is one. */
  adding?: Adding;
}

/** Its words, where it leads, and who may. */
interface Adding {
  words: string;
  to: string;
  permission: string;
}

const parts: Record<string, Part> = {
  services: {
    content: <ServiceList />,
    adding: { words: 'Add a service', to: '/settings/services/new', permission: 'services.write' },
  },
  people: {
    content: <PeopleList />,
    adding: { words: 'Invite', to: '?person=new', permission: 'people.write' },
  },
  teams: {
    content: <TeamList />,
    adding: { words: 'New team', to: '?team=new', permission: 'teams.write' },
  },
  tokens: {
    content: <TokenList />,
    adding: { words: 'New token', to: '?token=new', permission: 'tokens.write' },
  },
  channels: {
    content: <ChannelList for="people" />,
    adding: { words: 'New channel', to: '?channel=new', permission: 'channels.write' },
  },
  webhooks: {
    content: <ChannelList for="programs" />,
    adding: { words: 'New webhook', to: '?channel=new', permission: 'channels.write' },
  },
  triggers: {
    content: <TriggerList />,
    adding: { words: 'New trigger', to: '?trigger=new', permission: 'triggers.write' },
  },
  'opening-rule': { content: <OpeningRule /> },
  account: { content: <Account /> },
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
  const navigate = useNavigate();
  const { adding } = part;
  const may = useMay(adding?.permission ?? '');
  const add = adding && may ? adding : null;
  const run = () => navigate(add?.to ?? '');
  return (
    <Page
      title={`Settings: ${name}`}
      padded={false}
      action={
        add && (
          <Button tone="primary" icon={Plus} keys="n" onClick={run}>
            {add.words}
          </Button>
        )
      }
      verbs={add ? [{ label: add.words, icon: Plus, primary: true, run }] : []}
    >
      <SectionTabs />
      {adding && !may && <LookOnly />}
      {part.content}
    </Page>
  );
}
