import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '@/components/Button';
import { NewPage, PageList } from '@/features/statuspages';
import { useMay } from '@/lib/api';
import { Page } from '../shell/Page';

/** `/status-pages`: what does the world see? */
export function Component() {
  const navigate = useNavigate();
  const [making, setMaking] = useState(false);
  const mayWrite = useMay('pages.write');
  return (
    <Page
      title="Status pages"
      padded={false}
      action={
        mayWrite && (
          <Button tone="primary" icon={Plus} onClick={() => setMaking(true)}>
            New page
          </Button>
        )
      }
      verbs={
        mayWrite
          ? [{ label: 'New page', icon: Plus, primary: true, run: () => setMaking(true) }]
          : []
      }
    >
      <PageList />
      <NewPage
        opened={making}
        onClose={() => setMaking(false)}
        onMade={({ slug }) => void navigate(`/status-pages/${slug}`)}
      />
    </Page>
  );
}
