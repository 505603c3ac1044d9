import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { useSearchParams } from 'react-router';
import { Avatar } from '@/components/Avatar';
import { EmptyState } from '@/components/EmptyState';
import { KeyBar } from '@/components/KeyBar';
import { Row, RowLink, Rows } from '@/components/rows/Rows';
import { useRowCursor } from '@/components/rows/useRowCursor';
import { peopleQuery, type Team, teamsQuery, useMay } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { count, listed } from '@/lib/words';
import { Frame } from '../Frame';
import styles from '../settings.module.css';
import { refusal } from '../words';
import { TeamDialog } from './TeamDialog';

const columns = 'minmax(0, 1fr) 160px minmax(0, 2fr)';
const head = ['Team', 'Slug', 'Members'];

/** Who works together? Teams own services and are given incidents. */
export function TeamList() {
  const query = useQuery(teamsQuery);
  const [search, setSearch] = useSearchParams();
  const mayWrite = useMay('teams.write');
  const asked = search.get('team');
  useKeys([
    {
      keys: 'n',
      label: 'New team',
      refused: mayWrite ? null : refusal,
      run: () => setSearch('?team=new'),
    },
  ]);
  return (
    <Frame query={query} what="Teams">
      {({ items }) => (
        <>
          {items.length === 0 ? (
            <EmptyState size="page" icon={Users} title="There is no team yet.">
              Teams own services and can be given incidents.
            </EmptyState>
          ) : (
            <List teams={items} />
          )}
          <TeamDialog
            key={asked ?? ''}
            opened={asked !== null && mayWrite}
            team={items.find(({ slug }) => slug === asked) ?? null}
            isNew={asked === 'new'}
            onClose={() => setSearch('', { replace: true })}
          />
        </>
      )}
    </Frame>
  );
}

function List({ teams }: { teams: readonly Team[] }) {
  const [, setSearch] = useSearchParams();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? 'somebody';
  const { row } = useRowCursor(
    teams.map(({ slug }) => slug),
    { selectable: false, onOpen: (slug) => setSearch(`?team=${slug}`) },
  );
  return (
    <>
      <div className={styles.rows}>
        <Rows label="Teams" columns={columns} head={head} plain>
          {teams.map(({ slug, name, members }) => (
            <Row key={slug} state={row(slug)} name={name}>
              <span className={styles.name}>
                <Avatar name={name} />
                <RowLink to={`?team=${slug}`}>{name}</RowLink>
              </span>
              <span className={styles.clip}>{slug}</span>
              <span className={styles.clip}>
                {members.length ? listed(members.map(nameOf)) : 'Nobody yet'}
              </span>
            </Row>
          ))}
        </Rows>
      </div>
      <KeyBar
        hints={[
          { keys: 'j k', label: 'move' },
          { keys: 'Enter', label: 'edit' },
          { keys: 'n', label: 'new' },
          { keys: '?', label: 'all keys' },
        ]}
        note={count(teams.length, 'team')}
      />
    </>
  );
}
