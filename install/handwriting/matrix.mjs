// The little of linear algebra that learn.mjs needs. Matrices are rows one after another.

export function symmetric(lower, size) {
  const out = Float64Array.from(lower);
  for (let i = 0; i < size; i += 1) for (let j = 0; j < i; j += 1) out[j * size + i] = out[i * size + j];
  return out;
}

// Lower L with L Lᵀ = matrix.
export function cholesky(matrix, size) {
  const out = Float64Array.from(matrix);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = out[i * size + j];
      for (let k = 0; k < j; k += 1) sum -= out[i * size + k] * out[j * size + k];
      out[i * size + j] = i === j ? Math.sqrt(sum) : sum / out[j * size + j];
    }
  }
  return out;
}

// (L⁻¹ M)ᵀ: done twice to a symmetric M it gives L⁻¹ M L⁻ᵀ.
export function solveLower(lower, matrix, size) {
  const out = new Float64Array(size * size);
  for (let column = 0; column < size; column += 1) {
    for (let i = 0; i < size; i += 1) {
      let sum = matrix[i * size + column];
      for (let k = 0; k < i; k += 1) sum -= lower[i * size + k] * out[column * size + k];
      out[column * size + i] = sum / lower[i * size + i];
    }
  }
  return out;
}

// L⁻ᵀ v.
export function solveUpper(lower, vector, size) {
  const out = new Float64Array(size);
  for (let i = size - 1; i >= 0; i -= 1) {
    let sum = vector[i];
    for (let k = i + 1; k < size; k += 1) sum -= lower[k * size + i] * out[k];
    out[i] = sum / lower[i * size + i];
  }
  return out;
}

// The eigenvectors of the `count` greatest eigenvalues of a symmetric matrix, by subspace iteration.
export function leading(matrix, size, count, { normal }, rounds = 60) {
  let rows = Array.from({ length: count + 16 }, () => Float64Array.from({ length: size }, () => normal()));
  for (let round = 0; round < rounds; round += 1) {
    rows = rows.map((row) => {
      const out = new Float64Array(size);
      for (let i = 0; i < size; i += 1) {
        let sum = 0;
        for (let k = 0, at = i * size; k < size; k += 1, at += 1) sum += matrix[at] * row[k];
        out[i] = sum;
      }
      return out;
    });
    orthonormal(rows, size);
  }
  return rows.slice(0, count);
}

function orthonormal(rows, size) {
  rows.forEach((row, at) => {
    for (const before of rows.slice(0, at)) {
      let sum = 0;
      for (let i = 0; i < size; i += 1) sum += row[i] * before[i];
      for (let i = 0; i < size; i += 1) row[i] -= sum * before[i];
    }
    const long = Math.hypot(...row);
    for (let i = 0; i < size; i += 1) row[i] /= long;
  });
}
