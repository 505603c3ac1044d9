import { useNavigate, useParams, useSearchParams } from 'react-router';
import { DeliveryDrawer, DeliveryList } from '@/features/deliveries';
import { Page } from '../shell/Page';

/** `/deliveries` and, with its drawer open, `/deliveries/:id`: did it arrive? */
export function Component() {
  const { id = null } = useParams();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const back = { pathname: '/deliveries', search: search.toString() };
  return (
    <Page title="Deliveries" padded={false}>
      <DeliveryList />
      <DeliveryDrawer id={id} onClose={() => void navigate(back)} />
    </Page>
  );
}
