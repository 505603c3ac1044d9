import { ExternalLink, Pencil } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '@/components/Button';
import { Facts, Panel } from '@/components/Card';
import { RelativeTime } from '@/components/RelativeTime';
import { type StatusPage, useMay } from '@/lib/api';
import { EditPage } from './PageForm';
import styles from './statuspages.module.css';

/** Where a page is, how it speaks, and when it was last drawn. */
export function PageAside({ page }: { page: StatusPage }) {
  const [editing, setEditing] = useState(false);
  const mayWrite = useMay('pages.write');
  return (
    <Panel
      title="Page"
      right={
        mayWrite && (
          <IconButton icon={Pencil} label="Edit the page" onClick={() => setEditing(true)} />
        )
      }
    >
      <p className={styles.link}>
        <a href={page.url} target="_blank" rel="noreferrer">
          {page.url.replace(/^https?:\/\//, '')}{' '}
          <ExternalLink size={13} strokeWidth={1.6} aria-label="opens in a new tab" />
        </a>
      </p>
      <Facts
        facts={[
          { name: 'Name', value: page.name },
          { name: 'Time zone', value: page.time_zone },
          { name: 'Language', value: page.language },
          {
            name: 'Help',
            value: page.help_url ? <a href={page.help_url}>{page.help_url}</a> : 'None',
          },
          {
            name: 'Drawn',
            value: page.rendered_at ? <RelativeTime at={page.rendered_at} /> : 'Not yet',
          },
          ...(page.is_default
            ? [{ name: 'Default', value: 'Updates without a component show here' }]
            : []),
        ]}
      />
      <EditPage page={page} opened={editing} onClose={() => setEditing(false)} />
    </Panel>
  );
}
