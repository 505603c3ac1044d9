import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Avatar } from '@/components/Avatar';
import { KeyBar } from '@/components/KeyBar';
import { RelativeTime } from '@/components/RelativeTime';
import { Row, RowLink, Rows } from '@/components/rows/Rows';
import { useRowCursor } from '@/components/rows/useRowCursor';
import { type Person, peopleQuery, useMay, useSession } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { count, roleWords } from '@/lib/words';
import { Frame } from '../Frame';
import { ShownOnce } from '../ShownOnce';
import styles from '../settings.module.css';
import { refusal } from '../words';
import { Invite } from './Invite';
import { PersonDialog } from './PersonDialog';

const columns = 'minmax(0, 1.2fr) minmax(0, 1.4fr) 150px 190px';
const head = ['Name', 'E-mail', 'Role', 'Since'];

/** Who may come in, and what may they do? */
export function PeopleList() {
  const query = useQuery(peopleQuery);
  const [search, setSearch] = useSearchParams();
  const [linked, setLinked] = useState<Person | null>(null);
  const mayWrite = useMay('people.write');
  const asked = search.get('person');
  const close = () => setSearch('', { replace: true });
  useKeys([
    {
      keys: 'n',
      label: 'Invite somebody',
      refused: mayWrite ? null : refusal,
      run: () => setSearch('?person=new'),
    },
  ]);
  const shown = (person: Person) => {
    close();
    setLinked(person);
  };
  return (
    <Frame query={query} what="People">
      {({ items }) => (
        <>
          <List people={items} />
          <Invite opened={asked === 'new' && mayWrite} onClose={close} onInvited={shown} />
          <PersonDialog
            person={mayWrite ? (items.find(({ id }) => id === asked) ?? null) : null}
            onClose={close}
            onLinked={shown}
          />
          <ShownOnce
            opened={linked !== null}
            onClose={() => setLinked(null)}
            title={`The link for ${linked?.name ?? ''}`}
            what="link"
            secret={linked?.invitation_url ?? ''}
          >
            Send it to {linked?.email}. It lets them choose a password and come in.
          </ShownOnce>
        </>
      )}
    </Frame>
  );
}

function List({ people }: { people: readonly Person[] }) {
  const [, setSearch] = useSearchParams();
  const me = useSession().data?.user?.id;
  const { row } = useRowCursor(
    people.map(({ id }) => id),
    { selectable: false, onOpen: (id) => setSearch(`?person=${id}`) },
  );
  return (
    <>
      <div className={styles.rows}>
        <Rows label="People" columns={columns} head={head} plain>
          {people.map((person) => (
            <Row key={person.id} state={row(person.id)} name={person.name}>
              <span className={styles.name}>
                <Avatar name={person.disabled_at ? null : person.name} />
                <RowLink to={`?person=${person.id}`}>{person.name}</RowLink>
                {person.id === me && <span className={styles.caption}>you</span>}
              </span>
              <span className={styles.clip}>{person.email}</span>
              <span className={person.disabled_at ? styles.off : undefined}>
                {person.roles.map((role) => roleWords[role]).join(', ')}
              </span>
              <span className={styles.clip}>
                <Since person={person} />
              </span>
            </Row>
          ))}
        </Rows>
      </div>
      <KeyBar
        hints={[
          { keys: 'j k', label: 'move' },
          { keys: 'Enter', label: 'edit' },
          { keys: 'n', label: 'invite' },
          { keys: '?', label: 'all keys' },
        ]}
        note={count(people.length, 'person', 'people')}
      />
    </>
  );
}

function Since({ person: { disabled_at, joined_at, invited_at } }: { person: Person }) {
  if (disabled_at) {
    return (
      <>
        Disabled <RelativeTime at={disabled_at} />
      </>
    );
  }
  if (joined_at) {
    return (
      <>
        Joined <RelativeTime at={joined_at} />
      </>
    );
  }
  return (
    <>
      Invited <RelativeTime at={invited_at} />, not in yet
    </>
  );
}
