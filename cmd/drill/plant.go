package main

import "meent/cmd/drill/errand"

// lose is a planted bug: the database refuses to give back a task whose message
// or worker vanished.
const lose = "lose"

// knownPlant reports whether the drill can find this bug: a story has nothing
// that would lose a task.
func knownPlant(drill, name string) bool {
	return name == "" || name == errand.Double || name == lose && drill != "story"
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
