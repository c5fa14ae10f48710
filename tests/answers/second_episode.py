"""A second, made-up episode, so that a library holds two."""

METADATA = """\
show: Tech Leadership Unpacked
number: 3
title: Sourdough at Scale
hosts:
  - name: Noor Haddad
    role: Baker
  - name: Sam Rivera
    role: Product Leadership Perspective
aliases:
  Levain: [leaven, starter culture]
"""

TRANSCRIPT = """\
# Episode 3: Sourdough at Scale
## "What Bread Teaches a Team"

**Duration:** ~25 minutes
**Hosts:** Noor Haddad (Baker) & Sam Rivera (Product Leadership Perspective)

---

### INTRO

**SAM:** Welcome back. How long does sourdough ferment?

**NOOR:** A sourdough ferments for eighteen hours in the cold. Warm dough ferments faster, but \
the crumb turns gummy.

---

### SEGMENT 1: THE OVEN (10 minutes)

**SAM:** Why does the crust need steam?

**NOOR:** Steam keeps the crust soft while the loaf rises in the oven. Without steam the crust \
sets early and the loaf tears.

**SAM:** Walk me through a day in the bakery.

**NOOR:** At four we light the oven, which takes two hours to come to heat. At five we scale the \
flour, the water and the salt, and we mix the first dough by hand. At six the loaves of the night \
before go in, twelve at a time, and the room fills with steam. At seven the shop opens and the \
first people are already waiting outside. At eight we fold the dough, and again at nine, and once \
more at ten. At noon we shape it, and we put it in baskets for the night. At one we sweep the \
floor, feed the starter, and go home to sleep.

---

### SEGMENT 2: TAKEAWAYS (5 minutes)

**SAM:** What should listeners remember?

**NOOR:**

**1. Feed the starter daily.** A hungry starter raises nothing.

**2. Trust the scale.** Cups lie, grams do not.

---

## Key Concepts Reference Sheet

| Term | Definition |
|------|-----------|
| Levain | A piece of ripe dough that raises the next one |
| Autolyse | Resting flour and water before kneading |

---

*Next Episode: "Rye and Reason"*
"""
