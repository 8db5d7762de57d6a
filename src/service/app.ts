import fastify, { LogController } from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Config } from '../config.ts';
import { createAdmission } from './access/admission.ts';
import { guardRequests } from './access/guard.ts';
import { addMetricsRoute } from './access/metrics-route.ts';
import { createMetrics } from './access/metrics.ts';
import { guardOrigins } from './access/origins.ts';
import type { Store } from '../store/store.ts';
import { addAnswerRoutes } from './answer-routes.ts';
import { addAskRoute } from './ask-route.ts';
import { openBots } from './bots.ts';
import type { Bots } from './bots.ts';
import type { InboxOptions } from '../bots/inbox.ts';
import { answerConnectionError, answerUnroutable, createRequestId } from './connection-errors.ts';
import { addConversationRoutes } from './conversation-routes.ts';
import { addDocsRoutes } from './docs-routes.ts';
import { addErrorHandler } from './error-handler.ts';
import { EVENT_STREAM_LIMITS } from './event-stream.ts';
import type { EventStreamLimits } from './event-stream.ts';
import { addHealthRoutes } from './health-routes.ts';
import { HttpError, createShuttingDownError } from './http-error.ts';
import { acceptJsonOnly } from './json-body.ts';
import { createKeeper } from './keeper.ts';
import type { Keeper } from './keeper.ts';
import type { Lifecycle } from './lifecycle.ts';
import { createLoggerOptions } from './logging.ts';
import { collectMethods, refuseOtherMethods } from './method-guard.ts';
import { addNoticeRoutes } from './notice-routes.ts';
import { addPageRoutes } from './page-routes.ts';
import { logRequests } from './request-log.ts';
import { zodCompilers } from './route.ts';
import type { App } from './route.ts';
import { createRunningAnswers } from './running-answers.ts';
import { addSearchRoute } from './search-route.ts';
import { addSettingsRoute } from './settings-route.ts';
import { addTargetsRoutes } from './targets-routes.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { addWidgetRoutes } from './widget-routes.ts';

/** 64 KB holds the longest question and history that are of use. */
const BODY_LIMIT = 64 * 1024;
/** For a whole request to arrive, headers and body; half of them never hold a connection longer. */
const REQUEST_TIMEOUT_MS = 20_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** How often the two above are looked at. */
const TIMEOUT_CHECK_MS = 2_000;
/** A connection on which nothing moves is closed so long after the slowest answer (two calls of a model) would have come. */
const IDLE_CONNECTION_MS = 60_000;
/** 128 characters of an id, each up to four bytes, percent-encoded. */
const LONGEST_PARAMETER = 128 * 12;

export interface AppOptions {
  readonly config: Config;
  readonly lifecycle: Lifecycle;
  /** Keeps conversations. Left out, nothing is kept, unless `app.keeper` is given one later. */
  readonly store?: Store;
  /** How long an answer is kept in memory after it came, for readers who come back; default a minute. */
  readonly lingerMs?: number;
  /** Takes each line of the log; default standard output. */
  readonly writeLog?: (line: string) => void;
  readonly eventStreamLimits?: EventStreamLimits;
  readonly requestTimeoutMs?: number;
  /** How long the claim of a chat platform's event holds without being renewed, and how often it is. */
  readonly inboxLimits?: Pick<InboxOptions, 'leaseMs' | 'sweepMs'>;
  /** Where the bundled widget lies; default where `npm run build` puts it. */
  readonly widgetDir?: string | undefined;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Where conversations are kept. */
    readonly keeper: Keeper;
    /** Chat platforms; nothing is sent or received before they are started. */
    readonly bots: Bots;
  }
}

/** No answer takes longer than two calls of a model, and something more. */
function longestAnswerMs({ modelLimits }: Config): number {
  return 2 * modelLimits.totalMs + IDLE_CONNECTION_MS;
}

/** `/wence/api/ask` is `/api/ask` behind a proxy that hands the prefix on; one that takes it off is understood as well. */
function stripBasePath(basePath: string): (request: { readonly url?: string | undefined }) => string {
  return ({ url = '/' }) => {
    if (basePath === '' || !url.startsWith(basePath)) return url;
    const rest = url.slice(basePath.length);
    if (rest === '' || rest.startsWith('?')) return `/${rest}`;
    return rest.startsWith('/') ? rest : url;
  };
}

function createServer({ config, writeLog, requestTimeoutMs = REQUEST_TIMEOUT_MS }: AppOptions): FastifyInstance {
  return fastify({
    rewriteUrl: stripBasePath(config.basePath),
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    logger: createLoggerOptions(config, writeLog ?? ((line) => process.stdout.write(line))),
    logController: new LogController({ disableRequestLogging: true }),
    schemaController: zodCompilers,
    bodyLimit: BODY_LIMIT,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: longestAnswerMs(config),
    http: {
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeoutMs),
      // Told by our own hook, in our own words.
      requireHostHeader: false,
      connectionsCheckingInterval: Math.min(TIMEOUT_CHECK_MS, requestTimeoutMs),
    },
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    requestIdHeader: false,
    genReqId: createRequestId,
    // So is closing.
    return503OnClosing: false,
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerConnectionError,
  });
}

/** The service: plugins, routes, one error handler. Nothing listens yet. */
export async function buildApp(options: AppOptions): Promise<App> {
  const { config, lifecycle, store, lingerMs, eventStreamLimits: limits = EVENT_STREAM_LIMITS } = options;
  const app = createServer(options).withTypeProvider<ZodTypeProvider>();
  addErrorHandler(app);
  acceptJsonOnly(app);
  logRequests(app);
  addSecurityHeaders(app);
  const keeper = createKeeper({ store, logger: app.log });
  app.decorate('keeper', keeper);
  const admission = createAdmission(config.maxAnswersAtOnce, () => metrics.refused('admission'));
  const metrics = createMetrics({ inFlight: () => admission.inFlight, storeState: () => keeper.state });
  guardOrigins(app, config, () => metrics.refused('origin'));
  // After the above: a page that is let in must be able to read why it is not answered.
  app.addHook('onRequest', async (request) => {
    const isHostMissing = request.raw.httpVersion === '1.1' && request.headers.host === undefined;
    if (isHostMissing) throw new HttpError(400, 'bad-request', 'The Host header is missing.');
    if (lifecycle.phase === 'closing' && request.routeOptions.url !== '/healthz') throw createShuttingDownError();
  });
  await guardRequests(app, { config, onRefused: (reason) => metrics.refused(reason) });
  const answers = createRunningAnswers({ lifecycle, keeper, admission, metrics, longestMs: longestAnswerMs(config), ...(lingerMs !== undefined && { lingerMs }) });
  const methods = collectMethods(app);
  const bots = await openBots(app, config, { lifecycle, keeper, answers, inboxLimits: options.inboxLimits });
  app.decorate('bots', bots);
  const addRoutes = (target: App): void => {
    addAskRoute(target, lifecycle, answers, limits);
    addAnswerRoutes(target, { lifecycle, keeper, answers, limits });
    addConversationRoutes(target, { keeper, answers, retentionDays: config.retentionDays });
    addSearchRoute(target, lifecycle);
    addNoticeRoutes(target, lifecycle);
    addTargetsRoutes(target, lifecycle);
    addSettingsRoute(target, lifecycle, config);
    addHealthRoutes(target, { lifecycle, keeper, bots });
  };
  addRoutes(app);
  addMetricsRoute(app, config, metrics);
  addPageRoutes(app, lifecycle, config);
  addWidgetRoutes(app, options.widgetDir);
  addDocsRoutes(app, addRoutes);
  refuseOtherMethods(app, methods);
  return app;
}
