import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import { useDocumentTitle } from "@/lib/useDocumentTitle";
import { Message } from "@/ui/Message";

import { JobsView } from "./JobsView";
import styles from "./Operators.module.css";
import { QueuesView } from "./QueuesView";
import { SchedulesView } from "./SchedulesView";

const VIEWS = ["queues", "jobs", "failed", "schedules"] as const;

/** The console of those who run the system. */
export default function OperatorsPage({ view }: { view: string }) {
  const { t } = useTranslation();
  useDocumentTitle(t("app.operators"));
  return (
    <div className={styles.page}>
      <h1>{t("app.operators")}</h1>
      <nav className={styles.views} aria-label={t("operators.views")}>
        {VIEWS.map((each) => (
          <Link
            key={each}
            href={each === "queues" ? "/operators" : `/operators/${each}`}
            aria-current={each === view ? "page" : undefined}
          >
            {t(`operators.view.${each}`)}
          </Link>
        ))}
      </nav>
      <Shown view={view} />
    </div>
  );
}

function Shown({ view }: { view: string }) {
  const { t } = useTranslation();
  switch (view) {
    case "queues":
      return <QueuesView />;
    case "jobs":
      return <JobsView key="jobs" state="running" />;
    case "failed":
      return <JobsView key="failed" state="buried" fixed />;
    case "schedules":
      return <SchedulesView />;
    default:
      return <Message title={t("app.notFound")} />;
  }
}
