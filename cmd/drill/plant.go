package main

import (
	"slices"

	"meent/cmd/drill/errand"
)

// lose is a planted bug: the database refuses to give back a task whose message
// or worker vanished.
const lose = "lose"

// forget is a planted bug: nobody says that the database was put back.
const forget = "forget"

// knownPlant reports whether the drill can find this bug.
func knownPlant(drill, name string) bool {
	known := map[string][]string{
		"queue": {errand.Double, lose}, "redis": {errand.Double, lose}, "story": {errand.Double},
		"money": {errand.Double, errand.Twice, errand.Short}, "steps": {errand.Double, errand.Twice, errand.Short}, "stripe": {errand.Double},
		"webhooks": {errand.Believe}, "postgres": {lose}, "restore": {forget},
	}
	return name == "" || slices.Contains(known[drill], name)
}

const loseWhatWasSent = `
	CREATE FUNCTION drill.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		IF NEW.failures = OLD.failures AND (OLD.state IN ('sent', 'running') AND NEW.state = 'waiting'
			OR OLD.state = 'running' AND NEW.state = 'running' AND NEW.tries <> OLD.tries) THEN
			RETURN NULL;
		END IF;
		RETURN NEW;
	END $$;
	CREATE TRIGGER refuse BEFORE UPDATE ON tasks.task FOR EACH ROW EXECUTE FUNCTION drill.refuse();`
