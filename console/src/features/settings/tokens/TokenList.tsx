import { useQuery } from '@tanstack/react-query';
import { KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { IconButton } from '@/components/Button';
import { AskOnce } from '@/components/Dialog';
import { EmptyState } from '@/components/EmptyState';
import { KeyBar } from '@/components/KeyBar';
import { RelativeTime } from '@/components/RelativeTime';
import { Row, Rows } from '@/components/rows/Rows';
import { useRowCursor } from '@/components/rows/useRowCursor';
import { sentenceOf, type Token, type TokenMade, useMay } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { toast } from '@/lib/toasts';
import { count, roleWords } from '@/lib/words';
import { Frame } from '../Frame';
import { ShownOnce } from '../ShownOnce';
import styles from '../settings.module.css';
import { refusal } from '../words';
import { NewToken } from './NewToken';
import { tokensQuery, useRevoke } from './queries';

const columns = 'minmax(0, 1.3fr) 150px minmax(0, 1fr) 150px 170px 40px';
const head = ['Token', 'Role', 'Made by', 'Last used', 'Ends', ''];

/** Which programs may come in? */
export function TokenList() {
  const query = useQuery(tokensQuery);
  const [search, setSearch] = useSearchParams();
  const [made, setMade] = useState<TokenMade | null>(null);
  const mayWrite = useMay('tokens.write');
  const close = () => setSearch('', { replace: true });
  useKeys([
    {
      keys: 'n',
      label: 'New token',
      refused: mayWrite ? null : refusal,
      run: () => setSearch('?token=new'),
    },
  ]);
  return (
    <Frame query={query} what="API tokens">
      {({ items }) => (
        <>
          {items.length === 0 ? (
            <EmptyState size="page" icon={KeyRound} title="No program has a token yet.">
              A token lets a program do what its role may do.
            </EmptyState>
          ) : (
            <List tokens={items} mayWrite={mayWrite} />
          )}
          <NewToken
            opened={search.get('token') === 'new' && mayWrite}
            onClose={close}
            onMade={(token) => {
              close();
              setMade(token);
            }}
          />
          <ShownOnce
            opened={made !== null}
            onClose={() => setMade(null)}
            title={`The token ${made?.name ?? ''}`}
            what="token"
            secret={made?.token ?? ''}
          >
            Give it to the program; it sends it as <code>Authorization: Bearer …</code>
          </ShownOnce>
        </>
      )}
    </Frame>
  );
}

function List({ tokens, mayWrite }: { tokens: readonly Token[]; mayWrite: boolean }) {
  const [leaving, setLeaving] = useState<Token | null>(null);
  const revoking = useRevoke();
  const { row } = useRowCursor(
    tokens.map(({ id }) => id),
    { selectable: false },
  );
  return (
    <>
      <div className={styles.rows}>
        <Rows label="API tokens" columns={columns} head={head} plain>
          {tokens.map((token) => (
            <Row key={token.id} state={row(token.id)} name={token.name}>
              <strong className={styles.plain}>{token.name}</strong>
              <span>
                {token.role ? roleWords[token.role] : count(token.scopes.length, 'scope')}
              </span>
              <span className={styles.clip}>
                <span className={styles.named}>Made by </span>
                {token.created_by}
              </span>
              <span className={styles.figure}>
                <span className={styles.named}>Last used </span>
                {token.last_used_at ? (
                  <RelativeTime at={token.last_used_at} />
                ) : (
                  <span className={styles.off}>Never</span>
                )}
              </span>
              <span className={styles.figure}>
                <span className={styles.named}>Ends </span>
                {token.expires_at ? (
                  <RelativeTime at={token.expires_at} as="moment" />
                ) : (
                  <span className={styles.off}>Never</span>
                )}
              </span>
              <span className={styles.end}>
                {mayWrite && (
                  <IconButton
                    icon={Trash2}
                    label={`Revoke ${token.name}`}
                    onClick={() => setLeaving(token)}
                  />
                )}
              </span>
            </Row>
          ))}
        </Rows>
      </div>
      <KeyBar
        hints={[
          { keys: 'n', label: 'new' },
          { keys: '?', label: 'all keys' },
        ]}
        note={count(tokens.length, 'token')}
      />
      <AskOnce
        opened={leaving !== null}
        onClose={() => setLeaving(null)}
        question={`Revoke ${leaving?.name ?? ''}?`}
        confirm="Revoke token"
        busy={revoking.isPending}
        onConfirm={() =>
          leaving &&
          revoking.mutate(leaving.id, {
            onSuccess: () => void toast(`${leaving.name} revoked`),
            onError: (error) => void toast(sentenceOf(error), { tone: 'failed' }),
            onSettled: () => setLeaving(null),
          })
        }
      >
        The program that uses it is shut out at once and for ever.
      </AskOnce>
    </>
  );
}
