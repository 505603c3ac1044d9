import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { basePath } from '@/lib/base';
import { Gate } from './Gate';
import type { RouteHandle } from './handle';
import { Crash } from './pages/Crash';
import { NotFound } from './pages/NotFound';
import { Shell } from './shell/Shell';

/** Screens a stranger may open while the board is public. */
const open: RouteObject[] = [
  { path: 'board', lazy: () => import('./pages/BoardPage') },
  { path: 'graph', lazy: () => import('./pages/GraphPage') },
  { path: 'timeline', lazy: () => import('./pages/TimelinePage') },
  {
    path: 'wall',
    lazy: () => import('./pages/WallPage'),
    handle: { rail: 'none' } satisfies RouteHandle,
  },
  { path: 'services/:id', lazy: () => import('./pages/ServicePage') },
  { path: 'services/:id/slo', lazy: () => import('./pages/ObjectivePage') },
];

/** Screens for members. */
const members: RouteObject[] = [
  { path: 'incidents', lazy: () => import('./pages/IncidentsPage') },
  { path: 'incidents/new', lazy: () => import('./pages/IncidentsPage') },
  {
    path: 'incidents/:ref',
    lazy: () => import('./pages/IncidentPage'),
    handle: { rail: 'narrow' } satisfies RouteHandle,
  },
  { path: 'deliveries/:id?', lazy: () => import('./pages/DeliveriesPage') },
  { path: 'alerts', lazy: () => import('./pages/AlertsPage') },
  {
    path: 'alerts/:id',
    lazy: () => import('./pages/AlertPage'),
    handle: { rail: 'narrow' } satisfies RouteHandle,
  },
  { path: 'maintenance/:id?', lazy: () => import('./pages/MaintenancePage') },
  { path: 'status-pages', lazy: () => import('./pages/StatusPagesPage') },
  { path: 'status-pages/:slug/:side?', lazy: () => import('./pages/StatusPagesEditPage') },
  { path: 'services/:id/monitors/:monitorId', lazy: () => import('./pages/MonitorPage') },
  { path: 'settings/services/new', lazy: () => import('./pages/AddServicePage') },
  { path: 'settings/:part?', lazy: () => import('./pages/SettingsPage') },
];

const dev: RouteObject[] = import.meta.env.DEV
  ? [{ path: 'dev/components', lazy: () => import('./dev/Gallery') }]
  : [];

export const router = createBrowserRouter(
  [
    {
      errorElement: <Crash />,
      HydrateFallback: () => null,
      children: [
        { path: 'setup', lazy: () => import('./pages/SetUpPage') },
        { path: 'login', lazy: () => import('./pages/LogInPage') },
        { path: 'invitation', lazy: () => import('./pages/InvitationPage') },
        ...dev,
        {
          element: <Shell />,
          children: [
            { index: true, element: <Navigate to="/board" replace /> },
            { element: <Gate to="board" />, errorElement: <Crash />, children: open },
            { element: <Gate to="members" />, errorElement: <Crash />, children: members },
            { path: '*', element: <NotFound /> },
          ],
        },
      ],
    },
  ],
  { basename: basePath() || '/' },
);
