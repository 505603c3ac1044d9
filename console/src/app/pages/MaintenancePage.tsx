import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { Button } from '@/components/Button';
import { PlanDialog, WindowDrawer, WindowList } from '@/features/maintenance';
import { useMay } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { Page } from '../shell/Page';

/** `/maintenance` and, with its drawer open, `/maintenance/:id`: what is worked on, what comes next? */
export function Component() {
  const { id = null } = useParams();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const [planning, setPlanning] = useState(false);
  const mayWrite = useMay('maintenance.write');
  const plan = () => setPlanning(true);
  const back = { pathname: '/maintenance', search: search.toString() };
  useKeys(mayWrite ? [{ keys: 'c', label: 'Plan maintenance', group: 'Do', run: plan }] : []);
  const button = mayWrite && (
    <Button tone="primary" icon={CalendarPlus} keys="c" onClick={plan}>
      Plan maintenance
    </Button>
  );
  return (
    <Page
      title="Maintenance"
      padded={false}
      action={button}
      verbs={
        mayWrite
          ? [{ label: 'Plan maintenance', icon: CalendarPlus, primary: true, run: plan }]
          : []
      }
    >
      <WindowList plan={button} />
      <WindowDrawer id={id} onClose={() => void navigate(back)} />
      <PlanDialog opened={planning} onClose={() => setPlanning(false)} />
    </Page>
  );
}
