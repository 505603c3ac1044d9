export type Role = 'viewer' | 'responder' | 'itsm_manager' | 'admin' | 'super_admin';

/** The answer of `GET /auth/me`; `user` is null for a stranger. */
export interface Me {
  user: { id: string; name: string; email: string } | null;
  tenant: { slug: string; name: string };
  roles: Role[];
  permissions: string[];
  csrf_token: string | null;
  set_up: boolean;
  dashboard_public: boolean;
  demo: boolean;
}

/** A person of the tenant; `role` is the highest of `roles`. `invitation_url` is answered once. */
export interface Person {
  id: string;
  email: string;
  name: string;
  role: Role;
  roles: Role[];
  invited_at: string;
  joined_at: string | null;
  disabled_at: string | null;
  version: number;
  invitation_url?: string | null;
}

/** A team; members by id. */
export interface Team {
  slug: string;
  name: string;
  members: string[];
  version: number;
  created_at: string;
}

/** An API token; `token`, its secret, is answered once, when it is made. */
export interface Token {
  id: string;
  name: string;
  role: Role | null;
  scopes: string[];
  created_by: string;
  created_at: string;
  last_used_at: string | null;
  expires_at: string | null;
  revoked_at: string | null;
  token?: string | null;
}

/** A service on a page; `name` null shows the service's own. */
export interface PageComponent {
  id: string;
  public_id: string;
  service_id: string;
  name: string | null;
  group: string | null;
  position: number;
  follows: 'service' | 'incidents';
}

export interface StatusPage {
  id: string;
  slug: string;
  name: string;
  time_zone: string;
  language: string;
  help_url: string | null;
  is_default: boolean;
  url: string;
  components: PageComponent[];
  subscribers: number;
  rendered_at: string | null;
  version: number;
  updated_at: string;
}

export interface Subscriber {
  id: string;
  kind: string;
  address: string;
  language: string;
  state: string;
  created_at: string;
  confirmed_at: string | null;
  ended_at: string | null;
}
