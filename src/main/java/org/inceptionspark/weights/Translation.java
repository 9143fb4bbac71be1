package org.inceptionspark.weights;

import java.util.List;

/** All variables that a file has for the network, and what else its kind tells. */
record Translation(ModelFamily family, OutputActivation output, List<Binding> bindings) {}
