import { Plus, Search } from 'lucide-react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { IncidentList, NewIncident } from '@/features/incidents';
import { useMay } from '@/lib/api';
import { toast } from '@/lib/toasts';
import { show } from '../shell/overlays';
import { Page } from '../shell/Page';
import type { PhoneVerb } from '../shell/PhoneVerbs';

/** `/incidents` and, with its dialog open, `/incidents/new`: which one next? */
export function Component() {
  const mayOpen = useMay('incidents.open');
  const first: PhoneVerb[] = mayOpen
    ? [{ label: 'New incident', icon: Plus, to: '/incidents/new', primary: true }]
    : [];
  return (
    <Page
      title="Incidents"
      padded={false}
      verbs={[...first, { label: 'Search', icon: Search, run: () => show('palette') }]}
    >
      <IncidentList />
      <Opening />
    </Page>
  );
}

function Opening() {
  const navigate = useNavigate();
  const { pathname, key } = useLocation();
  const [search] = useSearchParams();
  const asked = pathname.endsWith('/new');
  const back = () => (key === 'default' ? navigate('/incidents') : navigate(-1));
  return (
    <NewIncident
      opened={asked}
      onClose={() => void back()}
      title={search.get('title') ?? undefined}
      onOpened={({ id }) => {
        toast(`${id} opened`);
        void navigate(`/incidents/${id}`, { replace: true });
      }}
    />
  );
}
