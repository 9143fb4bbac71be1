/**
 * PyTorch's zip and legacy files: pickles are read as data, nothing in them is run or imported.
 * Begin with {@code TorchFile}, and {@code Pickle} for what is refused.
 */
package org.inceptionspark.weights.torch;
