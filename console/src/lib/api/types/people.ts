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

export interface Person {
  id: string;
  email: string;
  name: string | null;
  roles: Role[];
  invited_at: string | null;
  joined_at: string | null;
  invitation_url?: string | null;
}

export interface Team {
  slug: string;
  name: string;
  members: string[];
}

export interface Token {
  id: string;
  name: string;
  role: Role;
  created_at: string;
  last_used_at: string | null;
  expires_at: string | null;
  token?: string;
}

export interface PageComponent {
  id: string;
  service_id: string;
  name: string;
  group: string | null;
  position: number;
  follows: 'service' | 'incidents';
}

export interface StatusPage {
  id: string;
  slug: string;
  name: string;
  time_zone: string;
  lang: string;
  components: PageComponent[];
  url: string;
}
