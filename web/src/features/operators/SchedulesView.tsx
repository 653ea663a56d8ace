import { useTranslation } from "react-i18next";

import { moment } from "@/lib/format";
import { Button } from "@/ui/Button";
import { Failure } from "@/ui/Failure";
import { Message } from "@/ui/Message";
import { Status } from "@/ui/Status";

import { useSchedules } from "./api/listSchedules";
import { usePauseSchedule } from "./api/pauseSchedule";
import styles from "./Operators.module.css";
import { Scrolled } from "./QueuesView";

export function SchedulesView() {
  const { t } = useTranslation();
  const { data, error, refetch } = useSchedules();
  const pause = usePauseSchedule();
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Message title={t("app.loading")} />;
  if (data.length === 0) return <Message title={t("operators.noSchedules")} />;
  return (
    <>
      {pause.error && <Failure error={pause.error} />}
      <Scrolled label={t("operators.view.schedules")}>
        <table className={styles.table}>
          <thead>
            <tr>
              {(["schedule", "state", "cron", "timeZone", "queue", "next"] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`operators.${name}`)}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">{t("operators.actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((schedule) => (
              <tr key={schedule.name}>
                <th scope="row" className={styles.name}>
                  {schedule.name}
                </th>
                <td>
                  <Status shape={schedule.paused ? "paused" : "done"}>
                    {t(schedule.paused ? "operators.paused" : "operators.open")}
                  </Status>
                </td>
                <td>{schedule.cron}</td>
                <td>{schedule.timeZone}</td>
                <td>{schedule.queue}</td>
                <td className={styles.quiet}>{moment(schedule.nextAt)}</td>
                <td className={styles.act}>
                  <Button
                    aria-label={`${t(schedule.paused ? "operators.resume" : "operators.pause")}: ${schedule.name}`}
                    onClick={() => pause.mutate({ name: schedule.name, paused: !schedule.paused })}
                  >
                    {t(schedule.paused ? "operators.resume" : "operators.pause")}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </>
  );
}
