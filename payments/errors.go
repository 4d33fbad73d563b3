package payments

import "fmt"

// NoFigure is returned when no legal figure of this kind covers a day.
type NoFigure struct {
	Kind FigureKind
	Day  Day
}

func (e *NoFigure) Error() string {
	return fmt.Sprintf("payments: no %s for %s", e.Kind, e.Day)
}
