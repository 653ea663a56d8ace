import { Problem } from "@/lib/problem";

/** What was asked for is being made by a job; the task's status follows it. */
export class Underway extends Problem {
  constructor() {
    super(202, "underway");
    this.name = "Underway";
  }

  override get passing(): boolean {
    return true;
  }
}

/** Return what was asked for; throws Underway when the answer is a job that makes it. */
export function thereOrUnderway<T extends object>(
  answer: T | { jobId: number; statusUrl: string },
): T {
  if ("statusUrl" in answer) throw new Underway();
  return answer as T;
}
