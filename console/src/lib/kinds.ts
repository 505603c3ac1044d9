/** Every kind of source by the name its vendor or craft gives it. */
export const kindWords: Record<string, string> = {
  statuspage: 'Statuspage',
  slack: 'Slack status',
  instatus: 'Instatus',
  betterstack: 'Better Stack',
  statusio: 'Status.io',
  cachet: 'Cachet',
  incidentio: 'incident.io',
  google_cloud: 'Google Cloud',
  google_workspace: 'Google Workspace',
  aws: 'AWS',
  azure: 'Azure',
  heroku: 'Heroku',
  salesforce: 'Salesforce',
  rss: 'RSS or Atom feed',
  json: 'JSON',
  http: 'Website',
  tcp: 'Port',
  tls: 'Certificate',
  dns: 'DNS record',
  ping: 'Ping',
  heartbeat: 'Heartbeat',
  manual: 'By hand',
};

/** The name of a kind; one that is new to the console is shown as the server writes it. */
export function kindName(kind: string): string {
  return kindWords[kind] ?? kind;
}

/** Kinds of checks of one's own: they ask themselves, instead of reading a vendor's page. */
export const ownKinds = ['http', 'tcp', 'tls', 'dns', 'ping', 'heartbeat'] as const;
export type OwnKind = (typeof ownKinds)[number];

export function isOwnKind(kind: string): kind is OwnKind {
  return (ownKinds as readonly string[]).includes(kind);
}
