package matching

import (
	"math/big"
	"slices"
)

// Portion is what somebody, or a group, received of what they want: minutes of one
// period. In a period one person has less than a million of either.
type Portion struct{ Received, Wanted int }

// add is two together.
func (p Portion) add(q Portion) Portion { return Portion{p.Received + q.Received, p.Wanted + q.Wanted} }

// Lorenz adds up portions, those with the smallest share of what they want first: the
// curve of M. O. Lorenz, "Methods of measuring the concentration of wealth"
// (Publications of the American Statistical Association 9, 1905), with what everybody
// wants in the place of how many they are. Where all received the same share it is a
// straight line. It begins with nothing, and leaves out who wants nothing.
func Lorenz(list []Portion) []Portion {
	sum, curve := Portion{}, []Portion{{}}
	for _, p := range byShare(list) {
		sum = sum.add(p)
		curve = append(curve, sum)
	}
	return curve
}

// Gini is how unequal the shares are: twice the area between the curve of Lorenz and a
// straight line, which C. Gini named in 1914 ("Sulla misura della concentrazione e della
// variabilità dei caratteri"). The area is summed in trapezia, as by M. C. Brown in
// Social Science & Medicine 38 (1994), p. 1243: G = 1 − Σ (Xₖ − Xₖ₋₁)(Yₖ + Yₖ₋₁), here in
// whole numbers until the one division. 0: everybody received the same share of what they
// want. Near 1: one of many received everything. Where nobody received anything it is 0.
func Gini(list []Portion) float64 {
	curve := Lorenz(list)
	last := curve[len(curve)-1]
	if last.Received <= 0 || last.Wanted <= 0 {
		return 0
	}
	whole := new(big.Int).Mul(big.NewInt(int64(last.Received)), big.NewInt(int64(last.Wanted)))
	area, strip := new(big.Int), new(big.Int)
	for i := 1; i < len(curve); i++ {
		wide, high := curve[i].Wanted-curve[i-1].Wanted, curve[i].Received+curve[i-1].Received
		area.Add(area, strip.Mul(big.NewInt(int64(wide)), big.NewInt(int64(high))))
	}
	g, _ := new(big.Rat).SetFrac(area.Sub(whole, area), whole).Float64()
	return g
}

// byShare sorts who wants something, the smallest share first.
func byShare(list []Portion) []Portion {
	list = slices.DeleteFunc(slices.Clone(list), func(p Portion) bool { return p.Wanted <= 0 })
	slices.SortFunc(list, func(a, b Portion) int { return a.Received*b.Wanted - b.Received*a.Wanted })
	return list
}

// mostShareGroups is into how many groups people are divided.
const mostShareGroups = 10

// ShareGroup is people whose shares lie together.
type ShareGroup struct {
	People int
	Portion
}

// ShareGroups divides people into groups as even as can be, those with the smallest share
// first: ten, or fewer where a group would have fewer than LeastPeople. It tells nothing
// of fewer than that altogether.
func ShareGroups(list []Portion) (groups []ShareGroup) {
	list = byShare(list)
	many := min(mostShareGroups, len(list)/LeastPeople)
	for i := range many {
		part := list[i*len(list)/many : (i+1)*len(list)/many]
		g := ShareGroup{People: len(part)}
		for _, p := range part {
			g.Portion = g.add(p)
		}
		groups = append(groups, g)
	}
	return groups
}
