import { useQuery } from '@tanstack/react-query';
import { Radio } from 'lucide-react';
import { useNavigate } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { KeyBar } from '@/components/KeyBar';
import { Loaded } from '@/components/Loaded';
import { RelativeTime } from '@/components/RelativeTime';
import { Row, RowLink, Rows } from '@/components/rows/Rows';
import { useRowCursor } from '@/components/rows/useRowCursor';
import { Skeleton } from '@/components/Skeleton';
import { Tag } from '@/components/Tag';
import type { StatusPage } from '@/lib/api';
import { count } from '@/lib/words';
import { pagesQuery } from './queries';
import styles from './statuspages.module.css';

const columns = 'minmax(0, 1.2fr) minmax(0, 1.4fr) 130px 130px 150px';
const head = ['Page', 'Address', 'Components', 'Subscribers', 'Drawn'];
const hints = [
  { keys: 'j k', label: 'move' },
  { keys: 'Enter', label: 'open' },
  { keys: '?', label: 'all keys' },
];

/** What does the world see? The status pages, each with what stands on it and who follows. */
export function PageList() {
  const query = useQuery(pagesQuery);
  return (
    <div className={query.data ? styles.list : styles.padded}>
      <Loaded query={query} what="Status pages" skeleton={<Skeleton lines={4} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState size="page" icon={Radio} title="There is no status page yet.">
              Make one, and put the services on it that strangers care about.
            </EmptyState>
          ) : (
            <List pages={items} />
          )
        }
      </Loaded>
    </div>
  );
}

function List({ pages }: { pages: readonly StatusPage[] }) {
  const navigate = useNavigate();
  const { row } = useRowCursor(
    pages.map(({ slug }) => slug),
    { selectable: false, onOpen: (slug) => navigate(`/status-pages/${slug}`) },
  );
  return (
    <>
      <div className={styles.rows}>
        <Rows label="Status pages" columns={columns} head={head} plain>
          {pages.map((page) => (
            <Row key={page.slug} state={row(page.slug)} name={page.name}>
              <span className={styles.name}>
                <RowLink to={`/status-pages/${page.slug}`}>{page.name}</RowLink>
                {page.is_default && <Tag>Default</Tag>}
              </span>
              <span className={styles.address}>{page.url.replace(/^https?:\/\//, '')}</span>
              <span className={styles.figure}>
                {page.components.length ? (
                  count(page.components.length, 'component')
                ) : (
                  <span className={styles.quiet}>Empty</span>
                )}
              </span>
              <span className={styles.figure}>
                {page.subscribers ? (
                  count(page.subscribers, 'subscriber')
                ) : (
                  <span className={styles.quiet}>Nobody yet</span>
                )}
              </span>
              <span className={styles.figure}>
                {page.rendered_at ? (
                  <RelativeTime at={page.rendered_at} />
                ) : (
                  <span className={styles.quiet}>Not yet</span>
                )}
              </span>
            </Row>
          ))}
        </Rows>
      </div>
      <KeyBar hints={hints} note={count(pages.length, 'page')} />
    </>
  );
}
