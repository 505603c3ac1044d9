import { useQuery } from '@tanstack/react-query';
import { Hash, type LucideIcon, Mail, SendHorizontal, Webhook } from 'lucide-react';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { KeyBar } from '@/components/KeyBar';
import { RelativeTime } from '@/components/RelativeTime';
import { Row, RowLink, Rows } from '@/components/rows/Rows';
import { useRowCursor } from '@/components/rows/useRowCursor';
import { Tag } from '@/components/Tag';
import { type Channel, type ChannelKind, type NewChannel, sentenceOf, useMay } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { toast } from '@/lib/toasts';
import { count, listed, sentenceCase } from '@/lib/words';
import { Frame } from '../Frame';
import { ShownOnce } from '../ShownOnce';
import styles from '../settings.module.css';
import { events, kindWords, receivesWords, refusal, tierWords } from '../words';
import { ChannelDialog } from './ChannelDialog';
import { channelsQuery, useTestChannel } from './queries';

const columns = 'minmax(0, 1.2fr) minmax(0, 1.1fr) minmax(0, 1.2fr) 150px 96px';
const icons: Record<ChannelKind, LucideIcon> = { mail: Mail, slack: Hash, webhook: Webhook };

interface Props {
  /** Channels for people, or webhooks for programs. */
  for: 'people' | 'programs';
}

const about = {
  people: {
    what: 'Channels',
    one: 'channel',
    new: 'New channel',
    empty: 'Nobody hears of anything yet.',
    advice: 'Add a mail address or a Slack channel; each says what it wants to hear.',
  },
  programs: {
    what: 'Webhooks',
    one: 'webhook',
    new: 'New webhook',
    empty: 'No program hears of anything yet.',
    advice: 'A webhook gets each fact it asked for, signed after Standard Webhooks.',
  },
} as const;

/** Who hears what? Channels for people, or webhooks for programs. */
export function ChannelList({ for: whom }: Props) {
  const query = useQuery(channelsQuery);
  const [search, setSearch] = useSearchParams();
  const [made, setMade] = useState<NewChannel | null>(null);
  const mayWrite = useMay('channels.write');
  const asked = search.get('channel');
  const close = () => setSearch('', { replace: true });
  const { what, one, empty, advice } = about[whom];
  useKeys([
    {
      keys: 'n',
      label: about[whom].new,
      refused: mayWrite ? null : refusal,
      run: () => setSearch('?channel=new'),
    },
  ]);
  return (
    <Frame query={query} what={what}>
      {({ items }) => {
        const shown = items.filter(({ kind }) => (kind === 'webhook') === (whom === 'programs'));
        return (
          <>
            {shown.length === 0 ? (
              <EmptyState size="page" icon={whom === 'people' ? Mail : Webhook} title={empty}>
                {advice}
              </EmptyState>
            ) : (
              <List channels={shown} one={one} mayWrite={mayWrite} />
            )}
            <ChannelDialog
              key={asked ?? ''}
              opened={asked !== null && mayWrite}
              channel={shown.find(({ id }) => id === asked) ?? null}
              kinds={whom === 'programs' ? ['webhook'] : ['mail', 'slack']}
              isNew={asked === 'new'}
              onClose={close}
              onMade={(channel) => {
                close();
                if (channel.secret) setMade(channel);
              }}
            />
            <ShownOnce
              opened={made !== null}
              onClose={() => setMade(null)}
              title={`The secret of ${made?.name ?? ''}`}
              what="secret"
              secret={made?.secret ?? ''}
            >
              The receiver checks signatures with it, after Standard Webhooks.
            </ShownOnce>
          </>
        );
      }}
    </Frame>
  );
}

interface ListProps {
  channels: readonly Channel[];
  one: string;
  mayWrite: boolean;
}

function List({ channels, one, mayWrite }: ListProps) {
  const [, setSearch] = useSearchParams();
  const { row } = useRowCursor(
    channels.map(({ id }) => id),
    { selectable: false, onOpen: (id) => setSearch(`?channel=${id}`) },
  );
  return (
    <>
      <div className={styles.rows}>
        <Rows
          label="Channels"
          columns={columns}
          head={['Name', 'Where to', 'Hears', 'State', '']}
          plain
        >
          {channels.map((channel) => {
            const Icon = icons[channel.kind];
            return (
              <Row key={channel.id} state={row(channel.id)} name={channel.name}>
                <span className={styles.name}>
                  <Icon size={15} strokeWidth={1.6} aria-label={kindWords[channel.kind]} />
                  <RowLink to={`?channel=${channel.id}`}>{channel.name}</RowLink>
                  {channel.from_environment && <Tag>Environment</Tag>}
                </span>
                <span className={styles.clip}>{channel.address}</span>
                <span className={styles.clip}>{hears(channel)}</span>
                <span className={styles.figure}>
                  <Health channel={channel} />
                </span>
                <span className={styles.end}>{mayWrite && <Test channel={channel} />}</span>
              </Row>
            );
          })}
        </Rows>
      </div>
      <KeyBar
        hints={[
          { keys: 'j k', label: 'move' },
          { keys: 'Enter', label: 'edit' },
          { keys: 'n', label: 'new' },
          { keys: '?', label: 'all keys' },
        ]}
        note={count(channels.length, one)}
      />
    </>
  );
}

function hears({ kind, receives, events: asked, tiers }: Channel): string {
  if (kind === 'webhook') {
    const [first, ...more] = events.filter(({ value }) => asked.includes(value));
    if (!first) return 'Nothing';
    return more.length ? `${first.label} and ${more.length} more` : first.label;
  }
  const some = tiers.length < 3 ? ` of ${tierWords(tiers).toLowerCase()}` : '';
  const words = receives.map(
    (each) => receivesWords[each].toLowerCase() + (each === 'alerts' ? some : ''),
  );
  return words.length ? sentenceCase(listed(words)) : 'Nothing';
}

function Health({ channel: { disabled_at, failing_since } }: { channel: Channel }) {
  if (disabled_at) {
    return (
      <span className={styles.bad}>
        Switched off <RelativeTime at={disabled_at} />
      </span>
    );
  }
  if (failing_since) {
    return (
      <span className={styles.bad}>
        Fails since <RelativeTime at={failing_since} as="moment" />
      </span>
    );
  }
  return <>Works</>;
}

function Test({ channel }: { channel: Channel }) {
  const testing = useTestChannel();
  const navigate = useNavigate();
  function test() {
    testing.mutate(channel.id, {
      onSuccess: ({ delivery_id }) => {
        toast(`Test to ${channel.name} sent on its way`);
        if (delivery_id) void navigate(`/deliveries/${delivery_id}`);
      },
      onError: (error) => void toast(sentenceOf(error), { tone: 'failed' }),
    });
  }
  return (
    <Button
      tone="quiet"
      icon={SendHorizontal}
      busy={testing.isPending}
      onClick={test}
      aria-label={`Test ${channel.name}`}
    >
      Test
    </Button>
  );
}
