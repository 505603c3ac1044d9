import { queryOptions, useQuery } from '@tanstack/react-query';
import { FileWarning } from 'lucide-react';
import panels from '@/components/panels.module.css';
import { RelativeTime } from '@/components/RelativeTime';
import { answer, api, roots, useSession } from '@/lib/api';

const registryFileQuery = queryOptions({
  queryKey: [roots.services, 'registry-file'],
  queryFn: ({ signal }) => answer(api.GET('/registry-file', { signal })),
});

/** Tells members why the registry file was refused; nothing where it is well, or to strangers. */
export function RegistryNotice() {
  const isMember = Boolean(useSession().data?.user);
  const { data: file } = useQuery({ ...registryFileQuery, enabled: isMember });
  if (file?.state !== 'refused') return null;
  return (
    <section className={panels.error} aria-label="Registry file">
      <FileWarning size={16} strokeWidth={1.6} aria-hidden />
      <div className={panels.words}>
        <strong>The registry file was refused; the services stay as they were.</strong>
        <p>
          {file.file}, read {file.read_at && <RelativeTime at={file.read_at} />}:
        </p>
        <ul>
          {file.mistakes?.slice(0, 5).map(({ line, field, expected }) => (
            <li key={`${line} ${field} ${expected}`}>
              Line {line}
              {field && `, ${field}`}: {expected}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
