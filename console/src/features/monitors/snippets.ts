export type Place = 'curl' | 'cron' | 'systemd' | 'powershell';

export const places: readonly { value: Place; label: string }[] = [
  { value: 'curl', label: 'curl' },
  { value: 'cron', label: 'cron' },
  { value: 'systemd', label: 'systemd' },
  { value: 'powershell', label: 'PowerShell' },
];

/** A call of the ping address as it is written in each place; `cron` is the job's own expression. */
export function snippet(place: Place, url: string, cron: string | null): string {
  switch (place) {
    case 'curl':
      return [
        `curl -fsS -m 10 --retry 3 ${url}`,
        '',
        '# begun, and how it ended:',
        `curl -fsS -m 10 ${url}/start`,
        `backup.sh; curl -fsS -m 10 --retry 3 ${url}/$?`,
      ].join('\n');
    case 'cron':
      return `${cron ?? '0 3 * * *'} backup.sh; curl -fsS -m 10 --retry 3 ${url}/$?`;
    case 'systemd':
      return [
        '[Service]',
        'ExecStart=/usr/local/bin/backup.sh',
        `ExecStartPre=-/usr/bin/curl -fsS -m 10 ${url}/start`,
        `ExecStopPost=-/bin/sh -c '[ "$$SERVICE_RESULT" = success ] || end=/fail; curl -fsS -m 10 --retry 3 ${url}$$end'`,
      ].join('\n');
    case 'powershell':
      return [
        "try { ./backup.ps1; $end = '' } catch { $end = '/fail' }",
        `Invoke-RestMethod -Uri "${url}$end" -TimeoutSec 10 | Out-Null`,
      ].join('\n');
  }
}
