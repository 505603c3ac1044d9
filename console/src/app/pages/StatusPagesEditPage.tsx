import { useQuery } from '@tanstack/react-query';
import { ExternalLink, Plus, SearchX } from 'lucide-react';
import { useNavigate, useParams } from 'react-router';
import { Button, ButtonLink } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { ErrorPanel } from '@/components/ErrorPanel';
import { SegmentedLinks } from '@/components/Segmented';
import { Skeleton } from '@/components/Skeleton';
import { Components, PageAside, pageQuery, Subscribers } from '@/features/statuspages';
import { ApiProblem, type StatusPage, useMay } from '@/lib/api';
import { Page } from '../shell/Page';
import styles from './StatusPagesEditPage.module.css';

const parent = { to: '/status-pages', name: 'Status pages' };

/** `/status-pages/:slug` and `…/subscribers`: what stands on this page, and who follows it? */
export function Component() {
  const { slug = '', side } = useParams();
  const { data, error, refetch } = useQuery(pageQuery(slug));
  if (data) return <Editor page={data} side={side} />;
  const missing = error instanceof ApiProblem && error.status === 404;
  return (
    <Page title={slug} parent={parent}>
      {missing && (
        <EmptyState
          size="page"
          icon={SearchX}
          title={`There is no status page ${slug}.`}
          actions={<ButtonLink to="/status-pages">All status pages</ButtonLink>}
        />
      )}
      {error && !missing && (
        <ErrorPanel what="Status page" error={error} onRetry={() => void refetch()} />
      )}
      {!error && <Skeleton what="Status page" lines={6} />}
    </Page>
  );
}

function Editor({ page, side }: { page: StatusPage; side: string | undefined }) {
  const navigate = useNavigate();
  const mayWrite = useMay('pages.write');
  const maySee = useMay('subscribers.read');
  const address = `/status-pages/${page.slug}`;
  const add = () => void navigate(`${address}?add`);
  const sides = [
    { to: address, label: 'Components' },
    ...(maySee
      ? [
          {
            to: `${address}/subscribers`,
            label: `Subscribers ${page.subscribers.toLocaleString('en-GB')}`,
          },
        ]
      : []),
  ];
  return (
    <Page
      title={page.name}
      parent={parent}
      padded={false}
      beside={<SegmentedLinks label="Sides of the page" links={sides} />}
      action={
        mayWrite && (
          <Button tone="primary" icon={Plus} keys="a" onClick={add}>
            Add services
          </Button>
        )
      }
      aside={<PageAside page={page} />}
      verbs={[
        ...(mayWrite ? [{ label: 'Add services', icon: Plus, primary: true, run: add }] : []),
        {
          label: 'Open',
          icon: ExternalLink,
          run: () => void window.open(page.url, '_blank', 'noopener'),
        },
      ]}
    >
      <div className={styles.phone}>
        <SegmentedLinks label="Sides of the page" links={sides} />
      </div>
      {side === 'subscribers' && maySee ? <Subscribers page={page} /> : <Components page={page} />}
    </Page>
  );
}
