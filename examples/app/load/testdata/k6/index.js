// A stand-in for k6's module: check counts what holds, and a condition that throws fails and
// ends the iteration, as k6's does.
export const checks = {};

export function check(value, conditions) {
  let all = true;
  for (const [name, holds] of Object.entries(conditions)) {
    const count = (checks[name] ||= { passes: 0, fails: 0 });
    try {
      if (holds(value)) {
        count.passes++;
        continue;
      }
      count.fails++;
      all = false;
    } catch (error) {
      count.fails++;
      throw error;
    }
  }
  return all;
}
