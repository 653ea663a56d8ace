import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, Route, Switch } from "wouter";

import { TasksPage } from "@/features/tasks/TasksPage";
import { Message } from "@/ui/Message";

import styles from "./App.module.css";
import { Header } from "./Header";
import { Offline } from "./Offline";

// A new feature is a folder in features/, a line here, and one in Header.
const SheetPage = lazy(() => import("@/features/sheet/SheetPage"));
const ScreeningsPage = lazy(() => import("@/features/screenings/ScreeningsPage"));
const NewScreeningPage = lazy(() => import("@/features/screenings/NewScreeningPage"));
const ScreeningPage = lazy(() => import("@/features/screenings/ScreeningPage"));
const ExtractionsPage = lazy(() => import("@/features/extractions/ExtractionsPage"));
const NewExtractionPage = lazy(() => import("@/features/extractions/NewExtractionPage"));
const ExtractionPage = lazy(() => import("@/features/extractions/ExtractionPage"));
const OperatorsPage = lazy(() => import("@/features/operators/OperatorsPage"));

export function App() {
  const { t } = useTranslation();
  return (
    <div className={styles.app}>
      <a className={styles.skip} href="#main">
        {t("app.skip")}
      </a>
      <Header />
      <Offline />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Suspense fallback={<Message title={t("app.loading")} />}>
          <Switch>
            <Route path="/" component={TasksPage} />
            <Route path="/sheets/:recordId">
              {({ recordId }) => <SheetPage key={recordId} recordId={recordId} />}
            </Route>
            <Route path="/screenings" component={ScreeningsPage} />
            <Route path="/screenings/new" component={NewScreeningPage} />
            <Route path="/screenings/:recordId/:view?">
              {({ recordId, view }) => (
                <ScreeningPage key={recordId} recordId={recordId} view={view ?? "read"} />
              )}
            </Route>
            <Route path="/extractions" component={ExtractionsPage} />
            <Route path="/extractions/new" component={NewExtractionPage} />
            <Route path="/extractions/:recordId/:view?">
              {({ recordId, view }) => (
                <ExtractionPage key={recordId} recordId={recordId} view={view ?? "read"} />
              )}
            </Route>
            <Route path="/operators/:view?">
              {({ view }) => <OperatorsPage view={view ?? "queues"} />}
            </Route>
            <Route>
              <div className={styles.nowhere}>
                <h1>{t("app.notFound")}</h1>
                <Link href="/">{t("app.start")}</Link>
              </div>
            </Route>
          </Switch>
        </Suspense>
      </main>
    </div>
  );
}
