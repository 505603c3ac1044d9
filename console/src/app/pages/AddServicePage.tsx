import { PenLine } from 'lucide-react';
import { useNavigate } from 'react-router';
import { ButtonLink } from '@/components/Button';
import { LookOnly } from '@/features/settings';
import { AddService } from '@/features/sources';
import { useMay } from '@/lib/api';
import { Page } from '../shell/Page';
import styles from './AddServicePage.module.css';

/** `/settings/services/new`: what shall Tocsin watch? */
export function Component() {
  const navigate = useNavigate();
  const may = useMay('services.write');
  return (
    <Page
      title="Add a service"
      parent={{ to: '/settings/services', name: 'Services' }}
      action={
        may && (
          <ButtonLink to="/settings/services?service=new" icon={PenLine}>
            Describe it yourself
          </ButtonLink>
        )
      }
    >
      {may ? (
        <div className={styles.narrow}>
          <AddService onAdded={({ id }, whole) => whole && navigate(`/services/${id}`)} />
        </div>
      ) : (
        <LookOnly />
      )}
    </Page>
  );
}
